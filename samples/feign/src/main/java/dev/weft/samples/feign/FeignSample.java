package dev.weft.samples.feign;

import dev.weft.Mesh;
import feign.Client;
import feign.Feign;
import feign.RequestLine;

/** A Feign client as it was, with one word around what carries its calls. */
public final class FeignSample {
    private FeignSample() {}

    /** The service. */
    public interface Greeter {
        @RequestLine("GET /")
        String hello();
    }

    public static void main(String[] args) {
        try (Mesh mesh = Mesh.start("feign-caller")) {
            Client client = mesh.wrap(new Client.Default(null, null));
            Greeter greeter = Feign.builder().client(client).target(Greeter.class, "http://greeter");
            System.out.println(greeter.hello());
        }
    }
}
