// One HTML file that carries its script and style with it, and a policy that lets in these two and
// nothing else.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const digest = (text: string) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

function bodiesOf(html: string, element: 'script' | 'style'): string[] {
  const found = html.matchAll(new RegExp(`<${element}([^>]*)>([\\s\\S]*?)</${element}>`, 'g'));
  return [...found]
    .filter(([, attributes]) => !attributes?.includes('application/json'))
    .map(([, , body]) => body ?? '');
}

// The Content-Security-Policy of the finished page. Its data stands in a script element of type
// application/json, which no browser runs, so that it needs no digest: the policy is the same
// whatever the data. Styles that the script sets go through the CSSOM, which needs no permission.
export function policyFor(html: string): string {
  const scripts = bodiesOf(html, 'script').map(digest).join(' ');
  const styles = bodiesOf(html, 'style').map(digest).join(' ');
  return `default-src 'none'; script-src ${scripts}; style-src ${styles}; base-uri 'none'; form-action 'none'`;
}

// Works on the written file: only there are script and style what the browser will see.
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    writeBundle({ dir }) {
      const file = join(dir ?? 'dist', 'index.html');
      // No comment of ours and no attribute of a module loader is left: what remains is hashed.
      const html = readFileSync(file, 'utf8')
        .replace(/<!-- [\s\S]*? -->\n?/, '')
        .replace('<script type="module" crossorigin>', '<script type="module">');
      const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}">\n`;
      writeFileSync(file, html.replace('<meta name="viewport"', `${meta}<meta name="viewport"`));
    },
  };
}

export default defineConfig({
  plugins: [react(), viteSingleFile({ removeViteModuleLoader: true }), contentSecurityPolicy()],
  build: { target: 'es2022', modulePreload: false, reportCompressedSize: false, license: false },
});
