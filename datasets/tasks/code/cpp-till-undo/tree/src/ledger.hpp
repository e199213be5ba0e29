#pragma once

#include <map>
#include <string>

// Accounts and what they hold, in cents.
class Ledger {
public:
    // Each tells whether it was done.
    bool deposit(const std::string& account, long cents);
    bool withdraw(const std::string& account, long cents);

    const std::map<std::string, long>& balances() const { return balances_; }

private:
    std::map<std::string, long> balances_;
};
