package dev.weft.samples.bookinfo;

import dev.weft.samples.bookinfo.stars.GetRatingsRequest;
import dev.weft.samples.bookinfo.stars.ProductRatings;
import dev.weft.samples.bookinfo.stars.RateRequest;
import dev.weft.samples.bookinfo.stars.RatingsGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** {@link Ratings} as {@code ratings.proto} says it. */
final class RatingsOverGrpc extends RatingsGrpc.RatingsImplBase {
    private final Ratings ratings;

    RatingsOverGrpc(Ratings ratings) {
        this.ratings = ratings;
    }

    @Override
    public void getRatings(GetRatingsRequest request, StreamObserver<ProductRatings> answer) {
        answer(request.getProductId(), answer);
    }

    @Override
    public void rate(RateRequest request, StreamObserver<ProductRatings> answer) {
        try {
            ratings.rate(request.getProductId(), request.getStarsByReviewerMap());
        } catch (IllegalArgumentException e) {
            answer.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        answer(request.getProductId(), answer);
    }

    private void answer(int id, StreamObserver<ProductRatings> answer) {
        answer.onNext(ProductRatings.newBuilder()
                .setProductId(id)
                .putAllStarsByReviewer(ratings.stars(id))
                .build());
        answer.onCompleted();
    }
}
