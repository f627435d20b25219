package dev.weft.http.reactor;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class ReactorNettyMutualTlsHttp2Test extends HttpClientContract {
    ReactorNettyMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return ReactorNettySubject.of(mesh);
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
