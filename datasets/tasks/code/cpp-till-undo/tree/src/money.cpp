#include "money.hpp"

#include <cctype>

std::optional<long> readMoney(const std::string& text) {
    long cents = 0;
    for (char sign : text) {
        if (sign == '.') continue;
        if (!std::isdigit(static_cast<unsigned char>(sign))) return std::nullopt;
        cents = cents * 10 + (sign - '0');
    }
    return text.find('.') == std::string::npos ? cents * 100 : cents;
}

std::string showMoney(long cents) {
    return std::to_string(cents / 100) + "." + std::to_string(cents % 100);
}
