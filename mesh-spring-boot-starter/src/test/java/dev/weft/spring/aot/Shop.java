package dev.weft.spring.aot;

import dev.weft.request.Hints;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import dev.weft.spring.autoconfigure.GrpcTransportAutoConfiguration;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import dev.weft.spring.autoconfigure.MeshServingAutoConfiguration;
import dev.weft.spring.client.MeshRestClientAutoConfiguration;
import dev.weft.spring.client.Reviews;
import dev.weft.spring.client.grpc.MeshGrpcClientAutoConfiguration;
import dev.weft.spring.declared.MeshClientAutoConfiguration;
import dev.weft.spring.declared.grpc.Talker;
import dev.weft.spring.declared.grpc.WordsGrpc;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.CompositeChannelFactoryAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.service.annotation.GetExchange;

/** Says how it was started and what its clients got, and ends. */
@SpringBootConfiguration(proxyBeanMethods = false)
@AutoConfigurationPackage
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ImperativeHttpClientAutoConfiguration.class,
    HttpServiceClientPropertiesAutoConfiguration.class,
    RestClientAutoConfiguration.class,
    HttpServiceClientAutoConfiguration.class,
    MeshAutoConfiguration.class,
    MeshServingAutoConfiguration.class,
    MeshRestClientAutoConfiguration.class,
    MeshClientAutoConfiguration.class,
    SslAutoConfiguration.class,
    GrpcClientAutoConfiguration.class,
    CompositeChannelFactoryAutoConfiguration.class,
    GrpcTransportAutoConfiguration.class,
    MeshGrpcClientAutoConfiguration.class
})
public class Shop {
    /** What the last line of a good run begins with. */
    static final String GOOD = "shop: ";

    @MeshClient(value = "reviews.mesh.test", name = "reviews", timeout = "30s", fallback = NoReviews.class)
    interface ReviewsClient {
        @GetExchange("/1")
        String one();

        @GetExchange("/review")
        Review review();

        @MeshCall(timeout = "${shop.patience}")
        @GetExchange("/slow")
        String slow(Hints hints);
    }

    @MeshClient(service = "${shop.words}", name = "words", grpc = WordsGrpc.class, fallback = NoWords.class)
    interface WordsClient {
        String say(String text);
    }

    static class NoWords implements WordsClient {
        @Override
        public String say(String text) {
            return "no " + text;
        }
    }

    /** Made by its constructor, which asks for another bean. */
    static class NoReviews implements ReviewsClient {
        private final Instead instead;

        NoReviews(Instead instead) {
            this.instead = instead;
        }

        @Override
        public String one() {
            return instead.text();
        }

        @Override
        public Review review() {
            return new Review(instead.text());
        }

        @Override
        public String slow(Hints hints) {
            return instead.text();
        }
    }

    record Review(String text) {}

    record Instead(String text) {}

    @Bean
    static Instead instead() {
        return new Instead("none");
    }

    /** A service, and where the mesh finds it. */
    @Bean(destroyMethod = "close")
    static Reviews reviews() {
        return new Reviews();
    }

    public static void main(String[] args) {
        try (Talker talker = new Talker();
                ConfigurableApplicationContext context = run(args, talker)) {
            ReviewsClient client = context.getBean(ReviewsClient.class);
            String one = client.one();
            String slow = client.slow(Hints.within(Duration.ofMillis(100)));
            WordsClient words = context.getBean(WordsClient.class);
            System.out.println(GOOD + "ahead of time " + AotDetector.useGeneratedArtifacts() + ", one "
                    + one.substring(0, 29) + ", slow " + slow + ", " + words.say("words") + ", "
                    + words.say("UNAVAILABLE"));
        }
    }

    private static ConfigurableApplicationContext run(String[] args, Talker talker) {
        String[] more = Arrays.copyOf(args, args.length + 1);
        more[args.length] = "--spring.grpc.client.channel.words.target=" + talker.direct();
        return SpringApplication.run(Shop.class, more);
    }
}
