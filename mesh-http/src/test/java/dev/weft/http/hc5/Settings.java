package dev.weft.http.hc5;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/** What both builders can be told alike. */
final class Settings {
    final List<String> seen = new CopyOnWriteArrayList<>();
    final BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    final HttpRequestInterceptor request = (request, body, context) -> {
        request.addHeader("x-intercepted", "yes");
        seen.add(request.getMethod());
    };
    final HttpResponseInterceptor response = (response, body, context) -> seen.add(String.valueOf(response.getCode()));
    final Retries retries = new Retries();
    HttpHost proxy;
    boolean withoutRetries;

    Settings() {
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials("jason", "secret".toCharArray()));
    }

    /** Repeats once whatever it is asked about, and counts. */
    static final class Retries implements HttpRequestRetryStrategy {
        final AtomicInteger asked = new AtomicInteger();

        @Override
        public boolean retryRequest(HttpRequest request, IOException failure, int count, HttpContext context) {
            asked.incrementAndGet();
            return count < 2;
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
            asked.incrementAndGet();
            return response.getCode() == 503 && count < 2;
        }

        @Override
        public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
            return TimeValue.ZERO_MILLISECONDS;
        }
    }
}
