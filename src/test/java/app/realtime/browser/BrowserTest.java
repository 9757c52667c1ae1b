package app.realtime.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class run in a browser. They, or its constructor, may take as parameters
 *
 * <ul>
 *   <li>a {@link com.microsoft.playwright.Page}, fresh for each test, and the {@link
 *       com.microsoft.playwright.BrowserContext} that it is in, which opens more;
 *   <li>the {@link PageLog} of these pages, in which no problem may be at the end;
 *   <li>the {@link app.realtime.clients.RestartableService}, which the browser finds at {@link Hosts#SERVICE}, and the
 *       {@link WebApp}, at {@link Hosts#WEB_APP}; all tests share them;
 *   <li>the {@link ServiceApi}, to do what an app server does.
 * </ul>
 *
 * <p>Of a test that fails, a picture of every page and the log are kept in {@code target/browser}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
@interface BrowserTest {}
