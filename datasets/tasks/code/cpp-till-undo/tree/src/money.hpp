#pragma once

#include <optional>
#include <string>

// Cents from a text such as 12.50 or 7, and back; nothing for what is no amount.
std::optional<long> readMoney(const std::string& text);
std::string showMoney(long cents);
