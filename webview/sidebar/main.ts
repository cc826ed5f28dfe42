import './sidebar.css';
import { connectToHost } from '../shared/hostConnection';
import { SidebarView } from './sidebarView';

const app = document.getElementById('app');
if (!app) throw new Error('the page has no #app to render into');
const view = new SidebarView();
view.connection = connectToHost((state, revision) => view.receive(state, revision));
app.append(view);
