package com.igny8.bank;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The operator's bank account, which customers transfer money to.
 *
 * @param iban or the account's number where there is no IBAN
 * @param note what else a customer must know, such as a routing number
 */
@ConfigurationProperties("igny8.bank")
record BankAccount(
        String holder, String iban, String bic, String name, String address, String note) {

    public boolean isKnown() {
        return !iban.isBlank();
    }
}
