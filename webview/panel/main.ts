import './panel.css';
import { connectToHost } from '../shared/hostConnection';
import { PanelView } from './panelView';

const app = document.getElementById('app');
if (!app) throw new Error('the page has no #app to render into');
const view = new PanelView();
view.connection = connectToHost(
  (state, revision) => view.receive(state, revision),
  () => view.selectedImages,
);
app.append(view);
