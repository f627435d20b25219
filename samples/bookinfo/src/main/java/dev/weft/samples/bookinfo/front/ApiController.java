package dev.weft.samples.bookinfo.front;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.Mesh;
import dev.weft.samples.bookinfo.MeshReport;
import dev.weft.samples.bookinfo.Settings;
import dev.weft.samples.bookinfo.page.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What programs ask for: JSON under {@code /api/v1/products}, and {@code /health}. */
@RestController
final class ApiController {
    private static final String PRODUCTS = "/api/v1/products";

    private final Settings settings;
    private final Mesh mesh;
    private final Behind behind;
    private final DetailsClient details;
    private final ReviewsClient reviews;
    private final RatingsClient ratings;

    ApiController(
            Settings settings,
            Mesh mesh,
            Behind behind,
            DetailsClient details,
            ReviewsClient reviews,
            RatingsClient ratings) {
        this.settings = settings;
        this.mesh = mesh;
        this.behind = behind;
        this.details = details;
        this.reviews = reviews;
        this.ratings = ratings;
    }

    @GetMapping({PRODUCTS, PRODUCTS + "/"})
    ResponseEntity<String> products() {
        JsonObject product = new JsonObject();
        product.addProperty("id", PageController.PRODUCT);
        product.addProperty("title", "The Comedy of Errors");
        product.addProperty("descriptionHtml", "Two pairs of twins and one day.");
        JsonArray products = new JsonArray();
        products.add(product);
        return Json.of(200, products);
    }

    @GetMapping(PRODUCTS + "/0")
    ResponseEntity<String> details(HttpServletRequest request) {
        return relay(() -> details.of(PageController.PRODUCT, user(request)));
    }

    @GetMapping(PRODUCTS + "/0/reviews")
    ResponseEntity<String> reviews(HttpServletRequest request) {
        return relay(() -> reviews.of(PageController.PRODUCT, user(request)));
    }

    @GetMapping(PRODUCTS + "/0/ratings")
    ResponseEntity<String> ratings(HttpServletRequest request) {
        return relay(() -> ratings.of(PageController.PRODUCT, user(request)));
    }

    private static @org.jspecify.annotations.Nullable String user(HttpServletRequest request) {
        return PageController.user(request).orElse(null);
    }

    private ResponseEntity<String> relay(Supplier<ResponseEntity<String>> call) {
        Answer answer = behind.ask(call).join();
        return answer.status() == 200
                ? Json.of(200, JsonParser.parseString(answer.body()))
                : Json.error(answer.status() == 0 ? 502 : answer.status(), answer.body());
    }

    @GetMapping("/health")
    ResponseEntity<String> health() {
        JsonObject health = new JsonObject();
        health.addProperty("status", "productpage is healthy");
        health.addProperty("instance", settings.instance());
        health.add("mesh", MeshReport.of(mesh));
        return Json.of(200, health);
    }

    @RequestMapping("/**")
    ResponseEntity<String> nothing() {
        return Json.error(404, "no such page; there is /productpage, and one product, whose number is 0");
    }
}
