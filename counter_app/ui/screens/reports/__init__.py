"""Reports: figures over many months, drawn, down to the visits behind them."""
