package com.igny8.signup;

import com.igny8.billing.Orders;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.catalog.PriceTag;
import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.EmailVerifications;
import com.igny8.identity.NewUser;
import com.igny8.identity.SignedIn;
import com.igny8.identity.Users;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentOptions;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Starting a free trial, or a plan, in a browser. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class SignUpPages {
    private static final int MAX_NAME_LENGTH = 80;
    private static final String[] FIELDS = {
        "name", "email", "password", "plan", "billing_interval", "payment_method"
    };

    private final SignUp signUp;
    private final Users users;
    private final Plans plans;
    private final PaymentOptions options;
    private final Orders orders;
    private final Browser browser;
    private final EmailVerifications verifications;
    private final Throttle throttle;

    SignUpPages(
            SignUp signUp,
            Users users,
            Plans plans,
            PaymentOptions options,
            Orders orders,
            Browser browser,
            EmailVerifications verifications,
            Throttle throttle) {
        this.signUp = signUp;
        this.users = users;
        this.plans = plans;
        this.options = options;
        this.orders = orders;
        this.browser = browser;
        this.verifications = verifications;
        this.throttle = throttle;
    }

    @ModelAttribute("trial")
    Plan trial() {
        return plans.latest(Plans.FREE_TRIAL).orElseThrow();
    }

    @GetMapping("/signup")
    String form(
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(defaultValue = "") String billing,
            Model model) {
        Optional<SignedIn> signedIn = SignedIn.current();
        if (signedIn.isPresent()) {
            return "redirect:" + Browser.home(signedIn.get().user());
        }
        Map<String, String> chosen =
                Map.of(
                        "plan",
                        chosen(plan).map(Plan::slug).orElse(""),
                        "billing_interval",
                        billing.equals("annual") ? "year" : "month");
        return show(Form.sent(chosen, FIELDS), model);
    }

    /** What somebody came for; nothing for the free trial. */
    private Optional<Plan> chosen(String slug) {
        return plans.onOffer().stream()
                .filter(plan -> plan.slug().equals(slug) && plan.trialDays() == null)
                .findFirst();
    }

    private String show(Form form, Model model) {
        model.addAttribute("form", form);
        chosen(form.value("plan"))
                .ifPresent(
                        plan -> {
                            model.addAttribute("plan", plan);
                            model.addAttribute("price", price(plan, form));
                        });
        model.addAttribute("options", options.all());
        return "signup/signup";
    }

    private static PriceTag price(Plan plan, Form form) {
        return form.value("billing_interval").equals("year")
                ? PriceTag.annual(plan.terms()).orElse(plan.terms().monthlyTag())
                : plan.terms().monthlyTag();
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/signup")
    String register(
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.sent(sent, FIELDS);
        try {
            throttle.requireEmail(form.value("email"));
            Optional<SignUp.Customer> customer = signUp.register(registration(form));
            if (customer.isPresent()) {
                browser.signIn(
                        customer.get().user(), customer.get().account().id(), request, response);
            } else {
                browser.pretendToSignIn(request, response);
                verifications.sendAlreadyRegistered(form.value("email").strip());
            }
            return "redirect:/signup/done";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(form.forgetting("password").refused(problem), model);
        }
    }

    private Registration registration(Form form) {
        String plan = form.value("plan");
        String paymentMethod = form.value("payment_method");
        return new Registration(
                users.prepare(newUser(form)),
                null,
                plan.isEmpty() ? null : plan,
                paymentMethod.isEmpty() ? null : paymentMethod,
                form.value("billing_interval"));
    }

    /**
     * Where everybody is sent who signed up, be the address new or taken: who has an account
     * already is told so by mail.
     */
    @GetMapping("/signup/done")
    String done(RedirectAttributes next) {
        Optional<SignedIn> signedIn = SignedIn.current();
        if (signedIn.isEmpty()) {
            return "signup/check-your-mail";
        }
        Optional<UUID> toPay = orders.waiting();
        if (toPay.isPresent()) {
            next.addFlashAttribute("notice", "Welcome to IGNY8. Your plan begins when it is paid");
            return "redirect:/account/invoices/" + toPay.get() + "/pay";
        }
        next.addFlashAttribute("notice", "Welcome to IGNY8. Your credits are ready");
        return "redirect:" + Browser.home(signedIn.get().user());
    }

    private static NewUser newUser(Form form) {
        String name = form.value("name").strip();
        new FieldErrors()
                .require(!name.isEmpty(), "name", "Tell us what to call you")
                .require(
                        PlainText.is(name, MAX_NAME_LENGTH),
                        "name",
                        "Must be at most " + MAX_NAME_LENGTH + " plain characters")
                .collect(() -> named("", form))
                .throwIfAny();
        return named(name, form);
    }

    private static NewUser named(String name, Form form) {
        int space = name.indexOf(' ');
        return new NewUser(
                form.value("email"),
                form.value("password"),
                space < 0 ? name : name.substring(0, space),
                space < 0 ? "" : name.substring(space + 1).strip());
    }
}
