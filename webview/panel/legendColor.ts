export function legendColor(category: number): string {
  const names = ['blue', 'orange', 'green', 'red', 'purple', 'yellow'];
  return category === 255 ? 'var(--vscode-disabledForeground)' : `var(--vscode-charts-${names[category % names.length]})`;
}
