package dev.weft.http.feign;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedFeignAsyncHttp1Test extends HttpClientContract {
    WrappedFeignAsyncHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return FeignSubject.async(mesh);
    }

    /** Feign holds bodies in memory. */
    @Override
    public boolean streamsRequests() {
        return false;
    }
}
