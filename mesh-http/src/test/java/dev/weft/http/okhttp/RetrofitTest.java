package dev.weft.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Retrofit over a wrapped client. */
@Timeout(60)
final class RetrofitTest {

    /** As an application would write it. */
    interface Reviews {
        @GET("status/{code}")
        Call<ResponseBody> blocking(@Path("code") int code);

        @GET("status/{code}")
        CompletableFuture<Response<ResponseBody>> later(@Path("code") int code);
    }

    @Test
    void interfacesCallTheMesh() throws IOException {
        try (OkHttpBench bench = OkHttpBench.start()) {
            Reviews reviews = new Retrofit.Builder()
                    .baseUrl("http://reviews:9080/")
                    .client(bench.mesh.wrap(new OkHttpClient()))
                    .build()
                    .create(Reviews.class);

            Response<ResponseBody> here = reviews.blocking(200).execute();
            assertThat(here.body()).isNotNull();
            assertThat(here.body().string()).isEqualTo("status from v1");
            assertThat(reviews.later(503).join().code()).isEqualTo(503);
            bench.observer.awaitAttempts("PRIMARY 200", "PRIMARY 503");
        }
    }
}
