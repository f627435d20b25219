package dev.weft.spring.declared.shop;

import dev.weft.request.Hints;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import dev.weft.spring.Retry;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

@MeshClient(value = "reviews", timeout = "500ms", retry = @Retry(attempts = 1, retryOn = "5xx,409"))
public interface Reviews extends Pages<String> {
    @GetExchange("/reviews/{id}")
    String byProduct(@PathVariable int id);

    @MeshCall(timeout = "${slow:2s}", idempotent = true, retry = @Retry(perTryTimeout = "300ms"))
    @PostExchange("/reviews/{id}")
    String add(@PathVariable int id, @RequestBody String review, Hints hints);

    @MeshCall(timeout = "none", retry = @Retry(attempts = 0))
    @GetExchange("/all")
    String all();

    default String first() {
        return byProduct(1);
    }

    /** A nested one, for the same service. */
    @MeshClient(value = "reviews", timeout = "3s")
    interface Admin extends Pages<String> {
        @GetExchange("/admin")
        String admin();
    }
}
