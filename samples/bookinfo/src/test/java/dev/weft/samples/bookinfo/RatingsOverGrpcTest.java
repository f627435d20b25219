package dev.weft.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.samples.bookinfo.stars.GetRatingsRequest;
import dev.weft.samples.bookinfo.stars.ProductRatings;
import dev.weft.samples.bookinfo.stars.RateRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RatingsOverGrpcTest {
    private final Ratings ratings = new Ratings();
    private final RatingsOverGrpc service = new RatingsOverGrpc(ratings);
    private final Answer answer = new Answer();

    @Test
    void starsAreThoseThatHttpTells() {
        service.getRatings(GetRatingsRequest.newBuilder().setProductId(7).build(), answer);

        assertThat(answer.value().getProductId()).isEqualTo(7);
        assertThat(answer.value().getStarsByReviewerMap()).isEqualTo(Map.of("Reviewer1", 5, "Reviewer2", 4));
    }

    @Test
    void ratedStarsAreSeenOverHttpToo() {
        service.rate(
                RateRequest.newBuilder()
                        .setProductId(3)
                        .putStarsByReviewer("Reviewer1", 2)
                        .build(),
                answer);

        assertThat(answer.value().getStarsByReviewerMap()).isEqualTo(Map.of("Reviewer1", 2));
        assertThat(ratings.of(3)).hasToString("{\"id\":3,\"ratings\":{\"Reviewer1\":2}}");
    }

    @Test
    void starsOutOfRangeAreAnInvalidArgument() {
        service.rate(RateRequest.newBuilder().putStarsByReviewer("Reviewer1", 6).build(), answer);

        assertThat(Status.fromThrowable(answer.error))
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(Status.Code.INVALID_ARGUMENT, "Reviewer1 is 6, expected 1 to 5");
    }

    private static final class Answer implements StreamObserver<ProductRatings> {
        private @Nullable ProductRatings value;
        private @Nullable Throwable error;

        ProductRatings value() {
            assertThat(error).isNull();
            return value;
        }

        @Override
        public void onNext(ProductRatings next) {
            value = next;
        }

        @Override
        public void onError(Throwable failure) {
            error = failure;
        }

        @Override
        public void onCompleted() {}
    }
}
