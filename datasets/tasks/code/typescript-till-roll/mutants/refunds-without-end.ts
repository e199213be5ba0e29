type Line = { sku: string; quantity: number; cents: number };
type TillEvent =
  | { kind: 'sale'; receipt: string; lines: readonly Line[]; paid: 'cash' | 'card' }
  | { kind: 'refund'; receipt: string; sku: string; quantity: number }
  | { kind: 'drop'; cents: number }
  | { kind: 'count'; cents: number };
type Report = {
  cash: number;
  card: number;
  sold: Record<string, number>;
  differences: number[];
  refused: number[];
};
type Sale = { paid: 'cash' | 'card'; left: Line[] };

export function closeTill(opening: number, events: readonly TillEvent[]): Report {
  const report = { cash: opening, card: 0 };
  const differences: number[] = [];
  const sales = new Map<string, Sale>();
  const sold = new Map<string, number>();
  const refused: number[] = [];
  const move = (sku: string, quantity: number) => sold.set(sku, (sold.get(sku) ?? 0) + quantity);

  const accept = (event: TillEvent): boolean => {
    switch (event.kind) {
      case 'sale': {
        const { receipt, lines, paid } = event;
        const sound = lines.length > 0 && lines.every(({ quantity }) => quantity >= 1);
        if (sales.has(receipt) || !sound) return false;
        sales.set(receipt, { paid, left: lines.map((line) => ({ ...line })) });
        report[paid] += lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
        for (const { sku, quantity } of lines) move(sku, quantity);
        return true;
      }
      case 'refund': {
        const sale = sales.get(event.receipt);
        const plan = sale && planRefund(sale.left, event.sku, event.quantity);
        if (!plan || (sale.paid === 'cash' && plan.cents > report.cash)) return false;
        report[sale.paid] -= plan.cents;
        move(event.sku, -event.quantity);
        return true;
      }
      case 'drop':
        if (event.cents < 1 || event.cents > report.cash) return false;
        report.cash -= event.cents;
        return true;
      case 'count':
        differences.push(event.cents - report.cash);
        report.cash = event.cents;
        return true;
    }
  };

  events.forEach((event, index) => {
    if (!accept(event)) refused.push(index);
  });
  const left = [...sold].filter(([, quantity]) => quantity > 0);
  return { ...report, sold: Object.fromEntries(left), differences, refused };
}

function planRefund(lines: Line[], sku: string, quantity: number): { left: Line[]; cents: number } | undefined {
  let open = quantity;
  let cents = 0;
  const left = lines.map((line) => {
    if (line.sku !== sku) return line;
    const taken = Math.min(line.quantity, open);
    open -= taken;
    cents += taken * line.cents;
    return { ...line, quantity: line.quantity - taken };
  });
  return quantity >= 1 && open === 0 ? { left, cents } : undefined;
}
