package dev.weft.http.hc5;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedHc5AsyncMutualTlsHttp2Test extends HttpClientContract {
    WrappedHc5AsyncMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return AsyncSubject.of(mesh);
    }
}
