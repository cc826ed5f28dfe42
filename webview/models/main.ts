import './models.css';
import { connectToHost } from '../shared/hostConnection';
import { ModelsView } from './modelsView';

const app = document.getElementById('app');
if (!app) throw new Error('the page has no #app to render into');
const view = new ModelsView();
view.connection = connectToHost((state) => view.receive(state));
app.append(view);
