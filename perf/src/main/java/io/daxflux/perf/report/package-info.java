/** What came out: figures, the file that has them all, and the page that shows them. */
@NullMarked
package io.daxflux.perf.report;

import org.jspecify.annotations.NullMarked;
