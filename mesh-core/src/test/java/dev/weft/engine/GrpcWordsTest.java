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

    /** {@code Grpc::Utility::httpToGrpcStatus} of Envoy. */
    @ParameterizedTest
    @CsvSource({
        "400, 13", "401, 16", "403, 7", "404, 12", "429, 14", "502, 14", "503, 14", "504, 14", "500, 2", "418, 2"
    })
    void anHttpStatusIsToldAsEnvoyTellsIt(int http, int grpc) {
        assertThat(GrpcWords.ofHttp(http)).isEqualTo(grpc);
    }

    /** {@code Grpc::Utility::grpcToHttpStatus} of Envoy. */
    @ParameterizedTest
    @CsvSource({
        "0, 200", "1, 499", "2, 500", "3, 400", "4, 504", "5, 404", "6, 409", "7, 403", "8, 429", "9, 400", "10, 409",
        "11, 400", "12, 501", "13, 500", "14, 503", "15, 500", "16, 401", "17, 500", "99, 500"
    })
    void aGrpcStatusIsWorthWhatEnvoyMakesOfIt(int grpc, int http) {
        assertThat(GrpcWords.toHttp(grpc)).isEqualTo(http);
    }
}
