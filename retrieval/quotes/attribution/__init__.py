"""Speaker attribution: who said each quotation of an article, with a calibrated probability and the reasons."""
