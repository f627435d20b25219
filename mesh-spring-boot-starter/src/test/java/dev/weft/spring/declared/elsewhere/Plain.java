package dev.weft.spring.declared.elsewhere;

import dev.weft.request.Hints;
import org.springframework.web.service.annotation.GetExchange;

/** An HTTP interface as Spring has it. */
public interface Plain {
    @GetExchange("/plain")
    String plain(Hints hints);
}
