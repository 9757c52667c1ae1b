/**
 * What concerns the public port as a whole, and the page at its root: what pages of other origins may read, what
 * browsers may do with the page, and that every error is answered in the form of the API ({@link
 * app.realtime.api.Problem}). It declares as a port what it needs to know: {@link app.realtime.web.OriginPolicy}.
 */
package app.realtime.web;
