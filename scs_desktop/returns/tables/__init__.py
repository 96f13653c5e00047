"""From a sheet's cells to figures with all that governs them.

The steps, each a module: cells are classified alone (:mod:`cells`), the sheet is cut into parts and blocks
(:mod:`parts`, :mod:`blocks`), each column gets its role (:mod:`columns`), headers and row names get their reach
(:mod:`headers`, :mod:`stubs`), periods and units are decided (:mod:`timing`, :mod:`measures`), the block is unpivoted
(:mod:`unpivot`), and totals and doubts are found (:mod:`totals`, :mod:`checks`).
"""
