package com.igny8.testing;

import com.igny8.identity.NewUser;
import com.igny8.identity.User;
import com.igny8.identity.Users;

import java.util.Map;
import java.util.UUID;

/**
 * One of the operator's staff, with a seat in the operator's own account.
 *
 * @param api a client that is signed in as them
 */
public record Operator(Product product, UUID userId, String email, Api api) {

    /** A new one. */
    public static Operator of(Product product) {
        String email = Product.freshEmail();
        User user =
                product.bean(Users.class)
                        .createOperator(new NewUser(email, Customer.PASSWORD, "Olga", "Operator"))
                        .orElseThrow();
        product.sql()
                .sql(
                        """
                        INSERT INTO member (account_id, user_id, role)
                        SELECT id, ?, 'admin' FROM account WHERE is_system
                        """)
                .param(user.id())
                .update();
        Reply reply =
                product.api()
                        .post("auth/login/", Map.of("email", email, "password", Customer.PASSWORD))
                        .expect(200);
        return new Operator(
                product,
                user.id(),
                email,
                product.api().as(reply.data().path("access").asString()));
    }

    public Reply suspend(Customer customer) {
        return act(customer, "suspend", Map.of("reason", "Unpaid"));
    }

    public Reply reinstate(Customer customer) {
        return act(customer, "reinstate", "");
    }

    /** Does something to a customer's account over the API. */
    public Reply act(Customer customer, String verb, Object body) {
        return api.post("console/accounts/%s/%s/".formatted(customer.accountId(), verb), body);
    }
}
