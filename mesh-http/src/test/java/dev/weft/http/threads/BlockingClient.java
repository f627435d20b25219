package dev.weft.http.threads;

import dev.weft.Mesh;
import dev.weft.http.MeshHttpClient;
import feign.Request;
import feign.Response;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.springframework.web.client.RestClient;

/** Every client that blocks. */
enum BlockingClient {
    MESH_HTTP_CLIENT {
        @Override
        Calls on(Mesh mesh) {
            MeshHttpClient http = MeshHttpClient.of(mesh);
            return url -> http.get(url).text();
        }
    },
    JDK {
        @Override
        Calls on(Mesh mesh) {
            HttpClient http = mesh.wrap(HttpClient.newHttpClient());
            return url -> http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    },
    APACHE_HTTPCLIENT {
        @Override
        Calls on(Mesh mesh) {
            CloseableHttpClient http = mesh.wrap(HttpClients.custom()).build();
            return url -> http.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
        }
    },
    OKHTTP {
        @Override
        Calls on(Mesh mesh) {
            OkHttpClient http = mesh.wrap(new OkHttpClient());
            return url -> {
                okhttp3.Request request = new okhttp3.Request.Builder().url(url).build();
                try (okhttp3.Response response = http.newCall(request).execute()) {
                    return response.body().string();
                }
            };
        }
    },
    FEIGN {
        @Override
        Calls on(Mesh mesh) {
            feign.Client http = mesh.wrap(new feign.Client.Default(null, null));
            return url -> {
                Request request = Request.create(Request.HttpMethod.GET, url, Map.of(), Request.Body.empty(), null);
                try (Response response = http.execute(request, new Request.Options());
                        InputStream body = response.body().asInputStream()) {
                    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
                }
            };
        }
    },
    REST_CLIENT {
        @Override
        Calls on(Mesh mesh) {
            RestClient http = mesh.wrap(RestClient.create());
            return url -> http.get().uri(url).retrieve().body(String.class);
        }
    },
    JETTY {
        @Override
        Calls on(Mesh mesh) throws Exception {
            org.eclipse.jetty.client.HttpClient http = mesh.wrap(new org.eclipse.jetty.client.HttpClient());
            // Its own limits, which the mesh leaves to it: 64 calls at a time, and 1024 that wait.
            http.setMaxConnectionsPerDestination(10_000);
            http.setMaxRequestsQueuedPerDestination(10_000);
            http.start();
            return new Calls() {
                @Override
                public String get(String url) throws Exception {
                    return http.GET(url).getContentAsString();
                }

                @Override
                public void close() throws Exception {
                    http.stop();
                }
            };
        }
    },
    REACTOR_NETTY {
        @Override
        Calls on(Mesh mesh) {
            reactor.netty.http.client.HttpClient http = mesh.wrap(reactor.netty.http.client.HttpClient.create());
            return url ->
                    http.get().uri(url).responseContent().aggregate().asString().block();
        }
    };

    /** What one of them does, wrapped. */
    interface Calls extends AutoCloseable {
        String get(String url) throws Exception;

        @Override
        default void close() throws Exception {}
    }

    abstract Calls on(Mesh mesh) throws Exception;
}
