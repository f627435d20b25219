package dev.weft.spring.declared.shop;

import org.springframework.web.service.annotation.GetExchange;

/** What several clients have in common. */
public interface Pages<T> {
    @GetExchange("/page")
    T page();
}
