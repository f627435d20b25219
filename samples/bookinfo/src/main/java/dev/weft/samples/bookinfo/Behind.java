package dev.weft.samples.bookinfo;

import dev.weft.Mesh;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshRequest;
import dev.weft.http.MeshResponse;
import dev.weft.request.LocalReply;
import dev.weft.samples.bookinfo.page.Answer;
import dev.weft.samples.bookinfo.page.Hop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks the services behind the page, through the mesh and without waiting. */
final class Behind {
    private final MeshHttpClient http;

    Behind(Mesh mesh) {
        this.http = MeshHttpClient.of(mesh);
    }

    /**
     * Never completes exceptionally: a call without an answer is an {@link Answer} with status 0. One whose answer breaks off in the
     * middle, as its server dies, is made once more: the mesh repeats calls until an answer begins, and what has begun only the
     * application can take back.
     */
    CompletableFuture<Answer> get(String url, Optional<String> user) {
        MeshRequest request =
                user.isPresent() ? MeshRequest.get(url).header("end-user", user.get()) : MeshRequest.get(url);
        return once(request)
                .exceptionallyCompose(brokeOff -> once(request))
                .exceptionally(again -> Answer.broken(String.valueOf(again.getCause())));
    }

    /** Completes exceptionally only when an answer breaks off. */
    private CompletableFuture<Answer> once(MeshRequest request) {
        return http.sendAsync(request).handle((response, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                return Answer.broken(String.valueOf(cause));
            }
            try (response) {
                return answer(response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Answer answer(MeshResponse response) throws IOException {
        Optional<LocalReply> local = response.localReply();
        return new Answer(
                response.status(),
                local.isPresent() ? local.get().reason() : response.text(),
                Hop.in(response::header),
                Hop.behind(response::header),
                local.map(LocalReply::flagText));
    }
}
