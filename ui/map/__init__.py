"""The map: figures and classes of areas, their outlines, the component that draws them."""
