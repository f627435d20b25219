package dev.weft.samples.bookinfo.front;

import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.samples.bookinfo.page.Answer;
import dev.weft.samples.bookinfo.page.Hop;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Asks the services behind the page, several at a time. */
@Component
final class Behind implements AutoCloseable {
    private static final int THREADS = 64;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "behind");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Calls on another thread, within the deadline and the trace of the request that is being served. Never completes
     * exceptionally: a call without an answer is an {@link Answer} with status 0. One whose answer breaks off in the middle, as its
     * server dies, is made once more: the mesh repeats calls until an answer begins, and what has begun only the application can
     * take back.
     */
    CompletableFuture<Answer> ask(Supplier<ResponseEntity<String>> call) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Runnable task = () -> answer.complete(answer(call));
        threads.execute(Inbound.current().wrap(Context.current().wrap(task)));
        return answer;
    }

    private static Answer answer(Supplier<ResponseEntity<String>> call) {
        try {
            return once(call);
        } catch (RestClientException brokeOff) {
            try {
                return once(call);
            } catch (RuntimeException again) {
                return Answer.broken(String.valueOf(again));
            }
        } catch (RuntimeException e) {
            return Answer.broken(String.valueOf(e));
        }
    }

    private static Answer once(Supplier<ResponseEntity<String>> call) {
        try {
            ResponseEntity<String> response = call.get();
            return answer(response.getStatusCode().value(), response.getHeaders(), response.getBody());
        } catch (RestClientResponseException refused) {
            return answer(
                    refused.getStatusCode().value(), refused.getResponseHeaders(), refused.getResponseBodyAsString());
        }
    }

    private static Answer answer(int status, @Nullable HttpHeaders headers, @Nullable String body) {
        UnaryOperator<@Nullable String> header = name -> headers == null ? null : headers.getFirst(name);
        Optional<LocalReply> local = LocalReply.in(header);
        return new Answer(
                status,
                local.map(LocalReply::reason).orElse(body == null ? "" : body),
                Hop.in(header),
                Hop.behind(header),
                local.map(LocalReply::flagText));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
