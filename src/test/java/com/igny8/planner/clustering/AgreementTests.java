package com.igny8.planner.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Expected values are those of scikit-learn's documentation and of sums worked out by hand. */
class AgreementTests {
    @Test
    void sameDivisionUnderOtherNumbersAgreesFully() {
        Agreement agreement =
                Agreement.between(new int[] {0, 0, 1, 1, 2, 2}, new int[] {5, 5, 0, 0, 3, 3});

        assertThat(agreement.adjustedMutualInformation()).isCloseTo(1, within(1e-9));
        assertThat(agreement.adjustedRandIndex()).isCloseTo(1, within(1e-9));
        assertThat(agreement.homogeneity()).isCloseTo(1, within(1e-9));
        assertThat(agreement.completeness()).isCloseTo(1, within(1e-9));
    }

    /** The example of scikit-learn's user guide on clustering. */
    @Test
    void knownExample() {
        Agreement agreement =
                Agreement.between(new int[] {0, 0, 0, 1, 1, 1}, new int[] {0, 0, 1, 1, 2, 2});

        assertThat(agreement.adjustedMutualInformation()).isCloseTo(0.2987924, within(1e-6));
        assertThat(agreement.adjustedRandIndex()).isCloseTo(0.2424242, within(1e-6));
        assertThat(agreement.homogeneity()).isCloseTo(0.6666667, within(1e-6));
        assertThat(agreement.completeness()).isCloseTo(0.4206198, within(1e-6));
    }

    /** Mean of the mutual information over all 6 orders of {0, 0, 1, 1} against {0, 0, 1, 1}. */
    @Test
    void chanceIsTheMeanOverAllPermutations() {
        double expected = Math.log(2) / 3; // 2 of 6 orders agree fully, 4 not at all
        double information = 0;

        Agreement agreement = Agreement.between(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1});

        assertThat(agreement.adjustedMutualInformation())
                .isCloseTo((information - expected) / (Math.log(2) - expected), within(1e-9));
    }

    @Test
    void chanceAgreementIsAboutZero() {
        SplittableRandom random = new SplittableRandom(1);
        int[] left = random.ints(2_000, 0, 20).toArray();
        int[] right = random.ints(2_000, 0, 300).toArray();

        Agreement agreement = Agreement.between(left, right);

        assertThat(agreement.adjustedMutualInformation()).isCloseTo(0, within(0.02));
        assertThat(agreement.adjustedRandIndex()).isCloseTo(0, within(0.02));
        assertThat(agreement.homogeneity()).isGreaterThan(0.1); // which is why it is adjusted
    }
}
