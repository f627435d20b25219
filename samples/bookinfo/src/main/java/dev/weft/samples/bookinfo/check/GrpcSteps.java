package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Stage.ANYBODY;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Visit;
import dev.weft.samples.bookinfo.stars.GetRatingsRequest;
import dev.weft.samples.bookinfo.stars.RatingsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The call that reviews v3 makes over gRPC: identity, split, trace, and policy by method. */
final class GrpcSteps {
    private static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    private static final int SPLIT_REQUESTS = 600;
    private static final int SPLIT_PERCENT = 25;

    /** Four standard deviations of that many. */
    private static final double SPLIT_TOLERANCE = 7;

    private GrpcSteps() {}

    static Finding grpc(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.GRPC_SPLIT, ANYBODY, GrpcSteps::nineRedStars).into(finding);
        List<Visit> visits = Load.of(stage.visitor(), SPLIT_REQUESTS);
        long whole = Counts.of(visits, GrpcSteps::nineRedStars);
        long v2 = Counts.of(visits, visit -> visit.ratings().equals("ratings-v2"));
        double share = Counts.percent(v2, visits.size());
        String caller = visits.get(0).callers().getOrDefault("ratings", "nobody");
        Status.Code stranger =
                inPlaintext(stage.bookinfo().grpcPort("ratings-v1").orElseThrow());
        finding.count("requests", visits.size())
                .count("ratingsV2", v2)
                .note("caller", caller)
                .note("plaintext", stranger.name())
                .expect(whole == visits.size(), whole + " of " + visits.size() + " pages had nine red stars")
                .expect(
                        Math.abs(share - SPLIT_PERCENT) <= SPLIT_TOLERANCE,
                        "ratings v2 has " + share + " %, expected " + SPLIT_PERCENT + " within " + SPLIT_TOLERANCE)
                .expect(caller.equals(REVIEWS), "ratings took its caller for " + caller + ", expected " + REVIEWS)
                .expect(
                        stranger == Status.Code.UNAVAILABLE,
                        "a caller in plaintext got " + stranger + ", expected no connection");
        return FaultSteps.traced(stage, ANYBODY, finding);
    }

    /** Reviews may call one method of the service and not the other. */
    static Finding policy(Stage stage) throws IOException {
        Finding finding = new Finding();
        Change gone = Change.toAll(stage, Scene.GRPC_DENIED, ANYBODY, GrpcSteps::denied);
        Change back = Change.toAll(stage, Scene.GRPC, ANYBODY, GrpcSteps::nineRedStars);
        return finding.count("starsGoneMillis", gone.millis())
                .count("starsBackMillis", back.millis())
                .expect(gone.seen(), "the stars went after " + gone.millis() + " ms, expected within a second")
                .expect(back.seen(), "the stars came back after " + back.millis() + " ms, expected within a second");
    }

    private static boolean nineRedStars(Visit visit) {
        return Counts.reviewsBy("reviews-v3").test(visit) && visit.stars().equals("red") && visit.drawn() == 9;
    }

    private static boolean denied(Visit visit) {
        return visit.reviews().equals("reviews-v3")
                && visit.stars().equals("unavailable")
                && visit.problem().contains("PERMISSION_DENIED")
                && visit.problem().contains("RBAC: access denied");
    }

    /** As any program would call that has no certificate. */
    private static Status.Code inPlaintext(int port) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .usePlaintext()
                .build();
        try {
            RatingsGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .getRatings(GetRatingsRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }
}
