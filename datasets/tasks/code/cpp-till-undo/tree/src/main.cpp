#include <iostream>
#include <sstream>
#include <string>

#include "ledger.hpp"
#include "money.hpp"

// Does one command; tells whether it was done.
static bool perform(Ledger& ledger, const std::string& line) {
    std::istringstream words(line);
    std::string command, account, amount;
    words >> command >> account >> amount;
    const auto cents = readMoney(amount);
    if (!cents) return false;
    if (command == "deposit") return ledger.deposit(account, *cents);
    if (command == "withdraw") return ledger.withdraw(account, *cents);
    return false;
}

int main() {
    Ledger ledger;
    std::string line;
    while (std::getline(std::cin, line)) {
        if (!perform(ledger, line)) std::cout << "refused: " << line << "\n";
    }
    for (const auto& [account, cents] : ledger.balances()) std::cout << account << " " << showMoney(cents) << "\n";
}
