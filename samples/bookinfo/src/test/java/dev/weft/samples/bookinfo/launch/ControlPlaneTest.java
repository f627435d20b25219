package dev.weft.samples.bookinfo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlPlaneTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "refused reviews.yaml:4: VirtualService reviews: spec.hostz: unknown field",
                "warning reviews.yaml: VirtualService reviews: overlaps",
                "07:30:01.448 WARN the registry cannot be saved"
            })
    void whatItRefusesAndWarnsOfIsAComplaint(String line) {
        assertThat(ControlPlane.complains(line)).isTrue();
    }

    @Test
    void whatIsInForceIsNone() {
        assertThat(ControlPlane.complains("configuration 1ec05573fabf in force: 6 resources"))
                .isFalse();
    }
}
