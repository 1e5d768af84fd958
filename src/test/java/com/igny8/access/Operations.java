package com.igny8.access;

import java.util.List;
import java.util.stream.Stream;

/** All operations and how they are asked, room by room: once, for all tests that try them all. */
final class Operations {
    static final List<Operation> API =
            joined(
                    PublicOperations.API,
                    SignInOperations.API,
                    ProfileOperations.API,
                    MemberOperations.API,
                    AccountOperations.API,
                    BillingOperations.API,
                    CreditOperations.API,
                    InvoiceOperations.API,
                    PaymentOperations.API,
                    SiteOperations.API,
                    KeyOperations.API,
                    PlannerOperations.API,
                    ConsoleOperations.API,
                    CatalogueOperations.API,
                    BankTransferOperations.API,
                    WebhookOperations.API,
                    StaffMemberOperations.API);

    static final List<Operation> PAGES =
            joined(
                    PublicOperations.PAGES,
                    SignInOperations.PAGES,
                    ProfileOperations.PAGES,
                    MemberOperations.PAGES,
                    AccountOperations.PAGES,
                    BillingOperations.PAGES,
                    CreditOperations.PAGES,
                    InvoiceOperations.PAGES,
                    PaymentOperations.PAGES,
                    SiteOperations.PAGES,
                    KeyOperations.PAGES,
                    PlannerOperations.PAGES,
                    ConsoleOperations.PAGES,
                    CatalogueOperations.PAGES,
                    BankTransferOperations.PAGES,
                    WebhookOperations.PAGES);

    private Operations() {}

    @SafeVarargs
    @SuppressWarnings("varargs") // They are only read
    private static List<Operation> joined(List<Operation>... rooms) {
        return Stream.of(rooms).flatMap(List::stream).toList();
    }
}
