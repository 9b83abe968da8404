import { expect, test } from "vitest";
import { knows } from "./knows";
import { address } from "./toolbar";
import { purify } from "./trusted";

test.each([
  ["<p>One <strong>two</strong></p><ul><li>three</li></ul>", "<p>One <strong>two</strong></p><ul><li>three</li></ul>"],
  ['<p onclick="x()" style="color:red" id="a" class="b">One</p>', "<p>One</p>"],
  ["<script>x()</script><style>p{}</style><p>One</p><!-- two -->", "<p>One</p>"],
  ["<svg><p>One</p></svg><math><mi>x</mi></math><p>Two</p>", "<p>Two</p>"],
  ["<article><custom-tag>One</custom-tag></article>", "One"],
  [
    '<a href="javascript:x()">One</a><a href="https://example.org/">Two</a>',
    '<a>One</a><a href="https://example.org/">Two</a>',
  ],
  [
    '<img src="https://example.org/a.png" onerror="x()"><img src="/media/ab/c.png" alt="A">',
    '<img src="/media/ab/c.png" alt="A">',
  ],
  ['<p data-pm-slice="1 1 []">One</p>', '<p data-pm-slice="1 1 []">One</p>'],
  ['<b style="font-weight:normal"><p>One</p></b>', "<p>One</p>"],
  ['<p><span style="font-weight:700;font-style:italic">One</span></p>', "<p><strong><em>One</em></strong></p>"],
  ["1 &lt; 2 &amp;amp; 3", "1 &lt; 2 &amp;amp; 3"],
])("%s comes out as %s", (dirty, clean) => {
  expect(purify(dirty)).toBe(clean);
});

test("what comes out goes in again unchanged", () => {
  const once = purify(
    '<p>a<b><p>c</b><li>d<table><tr><td colspan="2">e</table><noscript><img src=x onerror=y></noscript>',
  );
  expect(purify(once)).toBe(once);
});

test("the editor declines what it would lose", () => {
  expect(knows("<p>One<br></p><ol start=2><li>x</li></ol>")).toBe(true);
  expect(knows("<table><tr><td>x</td></tr></table>")).toBe(false);
  expect(knows("<p>Use <code>x</code></p>")).toBe(false);
});

test("an address is completed", () => {
  expect(["example.org/a", "noor@example.org", "http://x.org", " "].map(address)).toEqual([
    "https://example.org/a",
    "mailto:noor@example.org",
    "http://x.org",
    "",
  ]);
});
