package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrpcWordsTest {

    @ParameterizedTest
    @CsvSource({
        "1H, 3600000000000",
        "2M, 120000000000",
        "3S, 3000000000",
        "4m, 4000000",
        "5u, 5000",
        "99999999n, 99999999"
    })
    void aTimeoutIsReadInItsUnit(String written, long nanos) {
        assertThat(GrpcWords.timeoutNanos(written)).isEqualTo(nanos);
    }

    @Test
    void hoursBeyondWhatALongHoldsAreNoTimeout() {
        // In 64 bits the product would come out as 25 minutes.
        assertThat(GrpcWords.timeoutNanos("5124096H")).isEqualTo(Nanos.NEVER);
        assertThat(GrpcWords.timeoutNanos("99999999H")).isEqualTo(Nanos.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"1", "H", "1h", "-1S", "1.5S", "123456789S"})
    void whatIsMalformedIsNoTimeout(String written) {
        assertThat(GrpcWords.timeoutNanos(written)).isEqualTo(Nanos.NEVER);
    }
}
