package dev.weft.samples.bookinfo.front;

import dev.weft.samples.bookinfo.Settings;
import dev.weft.samples.bookinfo.User;
import dev.weft.samples.bookinfo.page.Answer;
import dev.weft.samples.bookinfo.page.ProductHtml;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What people look at: {@code /productpage}. Asks details and reviews at the same time; a part that does not come is a notice on
 * the page and not an error of it. {@code POST /login} with {@code username=jason} makes one jason.
 */
@RestController
final class PageController {
    static final int PRODUCT = 0;

    private final Settings settings;
    private final Behind behind;
    private final DetailsClient details;
    private final ReviewsClient reviews;

    PageController(Settings settings, Behind behind, DetailsClient details, ReviewsClient reviews) {
        this.settings = settings;
        this.behind = behind;
        this.details = details;
        this.reviews = reviews;
    }

    @GetMapping("/")
    ResponseEntity<Void> root() {
        return redirect(new HttpHeaders());
    }

    @GetMapping("/productpage")
    ResponseEntity<String> page(HttpServletRequest request) {
        Optional<String> user = user(request);
        long begun = System.nanoTime();
        CompletableFuture<Answer> facts = behind.ask(() -> details.of(PRODUCT, user.orElse(null)));
        CompletableFuture<Answer> opinions = behind.ask(() -> reviews.of(PRODUCT, user.orElse(null)));
        String html = ProductHtml.of(
                user, settings.instance(), facts.join(), opinions.join(), (System.nanoTime() - begun) / 1_000_000);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .body(html);
    }

    @PostMapping("/login")
    ResponseEntity<?> login(@RequestParam(defaultValue = "") String username) {
        String name = username.strip();
        if (!name.isEmpty() && !User.isName(name)) {
            return Json.error(
                    HttpStatus.BAD_REQUEST.value(), "username: expected up to 40 letters, digits and . _ @ -");
        }
        return signedAs(name);
    }

    @GetMapping("/logout")
    ResponseEntity<Void> logout() {
        return signedAs("");
    }

    private static ResponseEntity<Void> signedAs(String name) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.SET_COOKIE, User.cookie(name));
        return redirect(headers);
    }

    private static ResponseEntity<Void> redirect(HttpHeaders headers) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .headers(headers)
                .location(URI.create("/productpage"))
                .build();
    }

    static Optional<String> user(HttpServletRequest request) {
        return User.of(request.getQueryString(), Collections.list(request.getHeaders(HttpHeaders.COOKIE)));
    }
}
