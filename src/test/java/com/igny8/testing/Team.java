package com.igny8.testing;

import com.igny8.tenancy.SecretBox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An account with room for several people, who come in as people do: by invitations.
 *
 * @param owner who opened it, on the plan Scale: five seats, five sites
 */
public record Team(Product product, Customer owner) {
    private static final Pattern LINK = Pattern.compile("(https?://\\S+)/invitations/(\\S+)");

    public static Team of(Product product) {
        return new Team(product, product.signUp()).on("scale");
    }

    /** Puts the account on another plan. */
    public Team on(String planSlug) {
        owner.onPlan(planSlug);
        return this;
    }

    /** Invites somebody new, who accepts. */
    public Customer join(String role, UUID... sites) {
        String email = Product.freshEmail();
        return accept(invite(email, role, sites), email);
    }

    /** Invites an address; the token of the link that is mailed to it. */
    public String invite(String email, String role, UUID... sites) {
        owner.api().post("auth/invitations/", invitation(email, role, sites)).expect(201);
        return tokenFor(email);
    }

    public static Map<String, Object> invitation(String email, String role, UUID... sites) {
        return Map.of("email", email, "role", role, "sites", List.of(sites));
    }

    /** Accepts as somebody new. */
    public Customer accept(String token, String email) {
        Reply reply = product.api().post("auth/invitations/accept/", acceptance(token)).expect(200);
        return product.customer(reply, email);
    }

    /** The body with which somebody new accepts; a map to change. */
    public static Map<String, Object> acceptance(String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", token);
        body.put("first_name", "Grace");
        body.put("last_name", "Hopper");
        body.put("password", Customer.PASSWORD);
        return body;
    }

    /** The token in the youngest invitation that was mailed there. */
    public String tokenFor(String email) {
        Matcher link = LINK.matcher(mail(email, "invitation"));
        if (!link.find()) {
            throw new IllegalStateException("No link in the mail");
        }
        return link.group(2);
    }

    /** The text of the youngest letter of a kind that was posted there. */
    public String mail(String email, String template) {
        byte[] sealed =
                product.sql()
                        .sql(
                                """
                                SELECT body FROM mail WHERE recipient = ? AND template = ?
                                 ORDER BY id DESC LIMIT 1
                                """)
                        .params(email, template)
                        .query((row, number) -> row.getBytes("body"))
                        .single();
        return new String(product.bean(SecretBox.class).open(sealed), StandardCharsets.UTF_8);
    }

    /** What was written down about the account, the youngest last. */
    public List<String> audited() {
        return product.sql()
                .sql("SELECT action FROM audit_entry WHERE account_id = ? ORDER BY id")
                .param(owner.accountId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** The role somebody has; empty where they hold no seat. */
    public String roleOf(Customer somebody) {
        return product.sql()
                .sql("SELECT role FROM member WHERE account_id = ? AND user_id = ?")
                .params(owner.accountId(), somebody.userId())
                .query(String.class)
                .optional()
                .orElse("");
    }
}
