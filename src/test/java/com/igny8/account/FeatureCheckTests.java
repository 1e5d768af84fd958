package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.ai.AiEngine;
import com.igny8.ai.AiOperation;
import com.igny8.catalog.Feature;
import com.igny8.catalog.Operation;
import com.igny8.jobs.Job;
import com.igny8.jobs.JobRun;
import com.igny8.kernel.Problem;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Team;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class FeatureCheckTests {
    private final Product product = Product.running();

    /** Something that not every plan has. */
    private record Painting(Feature needed) implements AiOperation {
        @Override
        public String jobType() {
            return "painting";
        }

        @Override
        public Operation operation() {
            return Operation.IMAGE_GENERATION;
        }

        @Override
        public Optional<Feature> feature() {
            return Optional.of(needed);
        }

        @Override
        public Provider provider() {
            return new Provider("test", "test");
        }

        @Override
        public void requireAllowed(Job job) {}

        @Override
        public Work perform(JobRun run) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aFeatureThatThePlanLacksIsRefusedWithTheCheapestPlanThatHasIt() {
        Customer trial = product.signUp();

        refused(trial, Feature.AUTO_PUBLISH, "growth");
        refused(trial, Feature.CUSTOM_PROMPTS, "scale");
        refused(product.signUp("free"), Feature.AI_WRITER, "starter");
        allowed(trial, Feature.AI_WRITER);
        allowed(Team.of(product).owner(), Feature.CUSTOM_PROMPTS);
    }

    private void refused(Customer customer, Feature feature, String offered) {
        assertThatThrownBy(() -> check(customer, feature))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .satisfies(
                        problem -> {
                            assertThat(problem.status()).isEqualTo(403);
                            assertThat(problem.code()).isEqualTo("feature_not_in_plan");
                            assertThat(problem.details())
                                    .containsEntry("feature", feature.key())
                                    .containsEntry("plan", offered);
                        });
    }

    private void allowed(Customer customer, Feature feature) {
        assertThat(check(customer, feature)).isTrue();
    }

    private boolean check(Customer customer, Feature feature) {
        return customer.inside(
                () -> {
                    product.bean(FeatureCheck.class).require(feature);
                    return true;
                });
    }

    @Test
    void theEngineAsksBeforeItHoldsCreditsOrQueuesAnything() {
        Customer customer = product.signUp();
        var engine = product.bean(AiEngine.class);
        var request = new AiEngine.Request(null, Map.of(), 1, null);

        assertThatThrownBy(
                        () ->
                                customer.inside(
                                        () ->
                                                engine.start(
                                                        new Painting(Feature.CUSTOM_PROMPTS),
                                                        request)))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo("feature_not_in_plan");

        assertThat(customer.balance().held()).isZero();
        assertThat(product.count("job", customer.accountId())).isZero();
    }
}
