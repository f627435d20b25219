package dev.weft.http.feign;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedFeignAsyncMutualTlsHttp2Test extends HttpClientContract {
    WrappedFeignAsyncMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
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
