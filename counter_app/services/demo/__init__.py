"""A shop that never was: months of believable work, done through the services as people at the counter do it.

For trying the program out, for pictures, tests and measurements. What is invented stands in
`resources/samples/demo.toml`; which answers there are is read from the chart.
"""
