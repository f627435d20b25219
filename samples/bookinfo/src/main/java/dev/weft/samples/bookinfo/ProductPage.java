package dev.weft.samples.bookinfo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import dev.weft.samples.bookinfo.page.Answer;
import dev.weft.samples.bookinfo.page.ProductHtml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The front: {@code /productpage}, and JSON under {@code /api/v1/products}. Asks details and reviews at the same time; a part that
 * does not come is a notice on the page and not an error of it. {@code POST /login} with {@code username=jason} makes one jason.
 */
public final class ProductPage {
    private static final int PRODUCT = 0;

    private final Service service;
    private final Behind behind;

    private ProductPage(Service service) {
        this.service = service;
        this.behind = new Behind(service.mesh());
    }

    /** See {@link Settings} for the options. */
    public static void main(String[] args) {
        Service service = Service.startForBrowsers("productpage", args);
        ProductPage page = new ProductPage(service);
        service.handle("/", page::root);
        service.handle("/productpage", page::page);
        service.handle("/login", page::login);
        service.handle("/logout", exchange -> signedAs("", exchange));
        service.handle("/api/v1/products", page::api);
        service.open();
    }

    private void root(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/")) {
            Answers.redirect(exchange, "/productpage");
        } else {
            Answers.error(exchange, 404, "no such page; there is /productpage");
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        Optional<String> user = User.of(exchange.getRequestURI(), exchange.getRequestHeaders());
        long begun = System.nanoTime();
        CompletableFuture<Answer> details = behind.get("http://details:9080/details/" + PRODUCT, user);
        CompletableFuture<Answer> reviews = behind.get("http://reviews:9080/reviews/" + PRODUCT, user);
        String html = ProductHtml.of(
                user, service.instance(), details.join(), reviews.join(), (System.nanoTime() - begun) / 1_000_000);
        Answers.html(exchange, 200, html);
    }

    private void login(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readNBytes(10_000), StandardCharsets.UTF_8);
        String name = User.parameter("username", form).orElse("").strip();
        if (!name.isEmpty() && !User.isName(name)) {
            Answers.error(exchange, 400, "username: expected up to 40 letters, digits and . _ @ -");
            return;
        }
        signedAs(name, exchange);
    }

    private static void signedAs(String name, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("set-cookie", User.cookie(name));
        Answers.redirect(exchange, "/productpage");
    }

    /** {@code /api/v1/products}, {@code /api/v1/products/0}, and {@code .../0/reviews} and {@code .../0/ratings} from behind. */
    private void api(HttpExchange exchange) throws IOException {
        Optional<String> user = User.of(exchange.getRequestURI(), exchange.getRequestHeaders());
        String path = exchange.getRequestURI().getPath().substring("/api/v1/products".length());
        switch (path) {
            case "", "/" -> Answers.json(exchange, 200, products());
            case "/0" ->
                relay(
                        exchange,
                        behind.get("http://details:9080/details/" + PRODUCT, user)
                                .join());
            case "/0/reviews" ->
                relay(
                        exchange,
                        behind.get("http://reviews:9080/reviews/" + PRODUCT, user)
                                .join());
            case "/0/ratings" ->
                relay(
                        exchange,
                        behind.get("http://ratings:9080/ratings/" + PRODUCT, user)
                                .join());
            default -> Answers.error(exchange, 404, "there is one product, and its number is 0");
        }
    }

    private static void relay(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.status() == 200) {
            Answers.json(exchange, 200, com.google.gson.JsonParser.parseString(answer.body()));
        } else {
            Answers.error(exchange, answer.status() == 0 ? 502 : answer.status(), answer.body());
        }
    }

    private static JsonArray products() {
        JsonObject product = new JsonObject();
        product.addProperty("id", PRODUCT);
        product.addProperty("title", "The Comedy of Errors");
        product.addProperty("descriptionHtml", "Two pairs of twins and one day.");
        JsonArray products = new JsonArray();
        products.add(product);
        return products;
    }
}
