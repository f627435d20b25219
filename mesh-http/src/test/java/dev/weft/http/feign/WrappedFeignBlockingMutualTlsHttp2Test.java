package dev.weft.http.feign;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedFeignBlockingMutualTlsHttp2Test extends HttpClientContract {
    WrappedFeignBlockingMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return FeignSubject.blocking(mesh);
    }

    /** Feign holds bodies in memory. */
    @Override
    public boolean streamsRequests() {
        return false;
    }
}
