package app.realtime.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.Locale;

/** Pictures of whole pages, in {@code target/screenshots}. */
final class Screenshots {

    /** What a page is looked at with, in CSS pixels. */
    enum Viewport {
        DESKTOP(1280, 800),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Viewport(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private Screenshots() {}

    /** Saves the page as {@code name-scheme-viewport.png}; it is left in this scheme and of this size. */
    static Path take(Page page, String name, ColorScheme scheme, Viewport viewport) {
        page.setViewportSize(viewport.width, viewport.height);
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
        String file = (name + '-' + scheme + '-' + viewport + ".png").toLowerCase(Locale.ROOT);
        Path directory = Path.of(System.getProperty("screenshots.directory", "target/screenshots"));
        return save(page, directory.resolve(file).toAbsolutePath());
    }

    static Path save(Page page, Path file) {
        page.screenshot(
                new ScreenshotOptions().setPath(file).setFullPage(true).setAnimations(ScreenshotAnimations.DISABLED));
        return file;
    }
}
