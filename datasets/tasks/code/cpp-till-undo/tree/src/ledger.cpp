#include "ledger.hpp"

bool Ledger::deposit(const std::string& account, long cents) {
    balances_[account] += cents;
    return true;
}

bool Ledger::withdraw(const std::string& account, long cents) {
    balances_[account] -= cents;
    return true;
}
