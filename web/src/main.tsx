import { createRoot } from 'react-dom/client';
import { readEmbedded } from './data/read.ts';
import { Index } from './model/index.ts';
import './style/page.css';
import './style/matrix.css';
import './style/drawer.css';
import './style/onepage.css';
import './style/print.css';
import { App } from './view/App.tsx';
import { dye } from './view/dye.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
const page = readEmbedded(document);
if (page === null) {
  root.textContent = 'This page has no data in it: nepho coverage -o coverage.html lays it in.';
} else {
  const index = new Index(page);
  dye(document.documentElement, page.looks);
  document.title = page.organisation ? `${page.organisation}: detection coverage of the cloud` : document.title;
  createRoot(root).render(<App index={index} />);
}
