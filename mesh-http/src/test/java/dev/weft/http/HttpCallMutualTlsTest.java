package dev.weft.http;

import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.call.CallContract;
import dev.weft.http.kit.call.HttpProtocol;

final class HttpCallMutualTlsTest extends CallContract {
    HttpCallMutualTlsTest() throws Exception {
        super(new HttpProtocol(true, mesh -> MeshClientSubject.of(mesh, false)), new MutualTls());
    }
}
