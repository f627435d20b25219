package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import dev.weft.Mesh;
import dev.weft.grpc.MeshChannel;
import dev.weft.request.LocalReply;
import dev.weft.samples.bookinfo.page.Hop;
import dev.weft.samples.bookinfo.stars.GetRatingsRequest;
import dev.weft.samples.bookinfo.stars.ProductRatings;
import dev.weft.samples.bookinfo.stars.RatingsGrpc;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A generated stub on a channel of the mesh. */
final class StarsOverGrpc implements StarsSource {
    private final RatingsGrpc.RatingsBlockingStub ratings;

    StarsOverGrpc(Mesh mesh) {
        ratings = RatingsGrpc.newBlockingStub(MeshChannel.to(mesh, "ratings:" + Service.GRPC_PORT));
    }

    @Override
    public Stars stars(int id, String colour, Optional<String> user) {
        Metadata sent = new Metadata();
        user.ifPresent(name -> sent.put(key(Reviews.USER), name));
        AtomicReference<@Nullable Metadata> head = new AtomicReference<>();
        AtomicReference<@Nullable Metadata> trailers = new AtomicReference<>();
        GetRatingsRequest request =
                GetRatingsRequest.newBuilder().setProductId(id).build();
        try {
            ProductRatings answer = ratings.withInterceptors(
                            MetadataUtils.newAttachHeadersInterceptor(sent),
                            MetadataUtils.newCaptureMetadataInterceptor(head, trailers))
                    .getRatings(request);
            JsonObject stars = new JsonObject();
            new TreeMap<>(answer.getStarsByReviewerMap()).forEach(stars::addProperty);
            return Stars.of(colour, stars, Hop.in(values(head.get())));
        } catch (StatusRuntimeException e) {
            return Stars.missing(colour, why(e));
        }
    }

    /** {@code UNAVAILABLE UH route ...: no healthy host}, or what ratings itself said. */
    private static String why(StatusRuntimeException refused) {
        String why = LocalReply.in(values(refused.getTrailers()))
                .map(reply -> reply.flagText() + " " + reply.reason())
                .orElse("answered by ratings: " + refused.getStatus().getDescription());
        return refused.getStatus().getCode() + " " + why;
    }

    private static UnaryOperator<@Nullable String> values(@Nullable Metadata metadata) {
        return name -> metadata == null ? null : metadata.get(key(name));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
